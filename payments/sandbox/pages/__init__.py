"""The hosted pages: paying, 3-D Secure, PayPay, the konbini number."""
