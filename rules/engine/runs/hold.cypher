// Accounts in whose family a severe, unplanned trouble of a service is open. One row per account.
UNWIND $account_ids AS account_id
MATCH (account:Account {id: account_id})
WHERE EXISTS {
  MATCH (account)<-[:IN_FAMILY {view: 'commercial'}]-(:LegalEntity)-[:PLAYS]->(:Customer)
    -[:PARTY_TO]->(:Agreement)-[:HAS_ITEM]->(:AgreementItem)-[:GOVERNS]->(:Product)
    -[:REALIZED_BY]->(:Service)<-[:AFFECTS]-(ticket:TroubleTicket)
  WHERE ticket.severity = '1' AND NOT coalesce(ticket.planned, false)
    AND coalesce(ticket.caused_by, '') <> 'customer' AND ticket.resolved_at IS NULL
    AND NOT ticket.status IN ['resolved', 'closed', 'cancelled', 'rejected']
}
RETURN account.id AS account_id
ORDER BY account_id
