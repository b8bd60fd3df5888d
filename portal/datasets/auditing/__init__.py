"""Whether what is stored is what was received, decided and published."""
