"""What 市町村 shows of one municipality."""
