"""The workspace as a web site: pages made of records, and the generator that publishes them."""
