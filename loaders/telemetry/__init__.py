"""Telemetry: what probes measure of services day by day, as measures of closed months."""
