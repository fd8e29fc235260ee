"""What the site shows of each practice beside its records: charts and lists made from the views."""
