"""Build the vocabularies: from sorted CSV to SKOS, and check the CSV first."""
