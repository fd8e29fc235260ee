"""Everything that can be wrong in a workspace: rules, and the runner that turns what they find into diagnostics."""
