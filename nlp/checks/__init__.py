"""What contradicts itself inside one directive."""
