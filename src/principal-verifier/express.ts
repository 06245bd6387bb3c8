import type { Principal } from './principal.ts';
import { FIELD, refusalFor, type Headers } from './refusal.ts';
import type { PrincipalVerifier } from './verifier.ts';

/** What is used of Express's request, which is Node's. */
interface Request {
  headers: Headers;
}
interface Response {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

/** `app.use(expressPrincipal(verifier))`: sets `req.principal`, or answers 401, or 503 without keys. */
export function expressPrincipal(verifier: PrincipalVerifier) {
  return function principal(
    req: Request & { principal?: Principal },
    res: Response,
    next: (error?: unknown) => void,
  ): void {
    const refuse = (error: unknown): void => {
      const { status, fields, body } = refusalFor(error);
      res.statusCode = status;
      for (const [name, value] of Object.entries(fields)) res.setHeader(name, value);
      res.end(body);
    };
    verifier
      .verify(req.headers[FIELD])
      .then((found) => {
        req.principal = found;
        next();
      }, refuse)
      .catch(next);
  };
}
