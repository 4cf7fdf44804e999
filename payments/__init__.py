"""What happens to money for a case: demanded, collected, posted, matched."""
