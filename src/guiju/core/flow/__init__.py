"""Flows: the model, its net, proofs about it, and running it."""
