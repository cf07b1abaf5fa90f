"""What things are: frozen values of the trade. Standard library and pydantic only."""
