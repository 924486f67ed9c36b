"""The tests of Fleuron."""
