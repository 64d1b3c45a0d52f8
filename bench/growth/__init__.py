"""What a cycle costs as the record grows: the same acts and boards among more and more cycles."""
