"""The shapes that go in and out. Unknown fields are refused; every figure names its unit."""
