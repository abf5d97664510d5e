"""Business time: the hours that count, over holidays, weekends and changes of the clock."""
