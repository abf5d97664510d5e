"""Membership: tiers and plans, who has which right until when, and the doors of the spaces."""
