/** Hosts whose frames take card data or test for humans. Their subdomains count too. */
const PAYMENT_HOSTS: readonly string[] = [
  'stripe.com', 'stripe.network', 'adyen.com', 'adyenpayments.com', 'paypal.com', 'paypalobjects.com',
  'braintreegateway.com', 'braintree-api.com', 'braintreepayments.com', 'checkout.com', 'klarna.com', 'klarna.net',
  'squareup.com', 'squarecdn.com', 'authorize.net', 'worldpay.com', 'mollie.com', 'cardinalcommerce.com', 'recurly.com',
  'chargebee.com', 'spreedly.com', 'cybersource.com', 'datatrans.com', 'datatrans.biz', 'saferpay.com', 'payone.com',
  'computop-paygate.com', 'wirecard.com', 'unzer.com', 'heidelpay.com', 'sagepay.com', 'opayo.eu', 'elavon.com',
  'globalpay.com', 'razorpay.com', 'payu.com', 'dlocal.com', 'ebanx.com', 'mercadopago.com', 'paymentwall.com',
  'pay.google.com', 'payments.google.com', 'apple-pay-gateway.apple.com', 'pay.amazon.com', 'plaid.com',
  'truelayer.com', 'tink.com', 'giropay.de', 'sofort.com', 'trustly.com', 'vgs.io', 'verygoodvault.com',
  'basistheory.com', 'evervault.com', 'tokenex.com', 'bluesnap.com', 'fastspring.com', 'paddle.com', '2checkout.com',
]; // prettier-ignore
const CAPTCHA_HOSTS: readonly string[] = [
  'hcaptcha.com', 'recaptcha.net', 'challenges.cloudflare.com', 'arkoselabs.com', 'funcaptcha.com', 'geetest.com',
  'friendlycaptcha.com', 'friendlycaptcha.eu', 'mtcaptcha.com', 'captcha-delivery.com', 'captcha.com',
]; // prettier-ignore

const PAYMENT_PATHS =
  /\/(?:3ds2?|acs|three-?d-?secure|hosted-?fields|hpp|securefields|card-?(?:form|fields|entry|element))\b/i;

export type FrameSecret = 'payment' | 'captcha';

/** Why a frame is never recorded, by its address; null when it may be. */
export function secretOfFrame(address: string): FrameSecret | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const isUnder = (host: string) => url.hostname === host || url.hostname.endsWith(`.${host}`);
  if (PAYMENT_HOSTS.some(isUnder) || PAYMENT_PATHS.test(url.pathname)) return 'payment';
  if (CAPTCHA_HOSTS.some(isUnder)) return 'captcha';
  return /(?:^|\.)(?:google\.com|gstatic\.com)$/.test(url.hostname) && url.pathname.startsWith('/recaptcha')
    ? 'captcha'
    : null;
}
