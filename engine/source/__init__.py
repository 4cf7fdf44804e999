"""Strict YAML: a source text becomes nodes that know their line and column, or problems."""

from engine.source.nodes import MappingNode, Node, Pair, ScalarNode, SequenceNode
from engine.source.reading import read

__all__ = ["MappingNode", "Node", "Pair", "ScalarNode", "SequenceNode", "read"]
