"""The default list of domains that return a customer rather than bring one."""

# Pages a customer passes through to pay or to log in. They did not bring the customer.
PAYMENT_AND_LOGIN_DOMAINS = (
    "paypal.com",
    "stripe.com",
    "checkout.stripe.com",
    "klarna.com",
    "adyen.com",
    "mollie.com",
    "checkout.com",
    "braintreegateway.com",
    "squareup.com",
    "afterpay.com",
    "clearpay.co.uk",
    "affirm.com",
    "sofort.com",
    "worldpay.com",
    "razorpay.com",
    "pay.google.com",
    "pay.amazon.com",
    "payments.amazon.com",
    "shop.app",
    "accounts.google.com",
    "login.microsoftonline.com",
    "login.live.com",
    "appleid.apple.com",
    "login.yahoo.com",
)
