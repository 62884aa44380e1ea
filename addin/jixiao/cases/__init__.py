"""Real cases as data, for the demonstration and the tests."""
