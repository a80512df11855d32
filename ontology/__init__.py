"""Say what may be said: schema, vocabularies, gazetteers, shapes and the code that builds them."""
