"""What the tests share: small publications, readers of built files and test doubles."""
