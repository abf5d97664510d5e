"""Configuration: what an owner decides, from config.toml and the environment."""
