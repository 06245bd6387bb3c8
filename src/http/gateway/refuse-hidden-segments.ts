/**
 * Refuses paths that a service may take for others than the router does: a path parameter that hides further segments
 * once it is decoded and normalized (`%2F`, `%5C`, `..`), and one that makes the path that of another operation.
 */
import type { ServiceOperation } from '../../gateway/service.ts';
import { Problem } from '../../problem.ts';
import type { Step } from '../state.ts';

const SEPARATOR = /[/\\\0]/;
/** Servers such as Tomcat remove them before they look for dot segments (RFC 3986 section 3.3). */
const MATRIX_PARAMETERS = /;[^/]*/g;

export function refuseHiddenSegments({ competing, service }: ServiceOperation): Step {
  return function refuseHiddenSegments(ctx) {
    const values = Object.values(ctx.state.path);
    if (values.length === 0) return;
    if (values.some(isHiding)) throw new Problem('not_found');
    if (competing.length === 0) return;
    // Valid, as the router has decoded its parameters.
    const path = decodeURIComponent(ctx.path.slice(service.prefix.length));
    const plain = path.replaceAll(MATRIX_PARAMETERS, '');
    if (competing.some((other) => other.test(path) || other.test(plain))) throw new Problem('not_found');
  };
}

function isHiding(value: string): boolean {
  const plain = value.replace(MATRIX_PARAMETERS, '');
  return plain === '' || plain === '.' || plain === '..' || SEPARATOR.test(value);
}
