"""Members, staff roles and settings: who somebody is to the community."""
