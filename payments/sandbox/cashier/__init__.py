"""What happens to money in the sandbox: sessions opened, attempts made, refunds and payouts sent, time passing."""
