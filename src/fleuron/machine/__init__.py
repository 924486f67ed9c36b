"""What Fleuron needs from the machine: programs, libraries, typefaces and Python packages, and how to get them."""
