"""What stands in a text: tokens, names of bodies and states, numbers, days, and the polls that they can mean."""
