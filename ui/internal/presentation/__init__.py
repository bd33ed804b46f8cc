"""The pack of the prefecture on a wall: 16:9, large type, moved by keys."""
