import base64, json, time
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

def decode(part): return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
def number(part): return int.from_bytes(decode(part), "big")

def verify(token, keys, issuer, audience):  # keys: kid -> JWK
    head, body, signature = token.split(".")
    header, raw = json.loads(decode(head)), decode(signature)
    if header.get("alg") != "ES256" or header.get("typ") != "principal+jwt" or len(raw) != 64:
        raise ValueError("not a principal token")
    key = keys[header["kid"]]
    public = ec.EllipticCurvePublicNumbers(number(key["x"]), number(key["y"]), ec.SECP256R1()).public_key()
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    public.verify(encode_dss_signature(r, s), f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))  # or raises
    claims = json.loads(decode(body))
    if claims["iss"] != issuer or claims["aud"] != audience or claims["exp"] <= time.time() - 5:
        raise ValueError("not for us, or not any more")
    return claims  # kind, tenant_id, client_id, sub, scopes, roles, act, operation
