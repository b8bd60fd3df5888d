"""What befalls units: the rules, plan, deeds and screens of a merger, a new name, an end."""
