"""What messages mean: triage by rules, and room for other layers behind the same protocol."""
