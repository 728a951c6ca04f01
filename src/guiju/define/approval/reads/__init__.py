"""Queries about reviews, their signatures, objections and remarks."""
