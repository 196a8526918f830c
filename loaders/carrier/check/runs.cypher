// Days on which deliveries were loaded, and on which quarantined records were tried again. One row per mode.
MATCH (run:LoadRun) WHERE run.source IN $systems
RETURN run.mode AS mode, collect(DISTINCT toString(date(run.moment))) AS days
ORDER BY mode
