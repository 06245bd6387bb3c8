/** Which files speak to Redis: they call a command on a connection, a pipeline or a transaction, or define a script. */
import { list } from '@ioredis/commands';
import ts from 'typescript';

/** Commands that read or change nothing: of the connection itself. */
const OF_THE_CONNECTION = new Set(['quit', 'reset', 'select', 'hello', 'auth', 'monitor']);
const COMMANDS = new Set(
  list.filter((name) => !OF_THE_CONNECTION.has(name)).flatMap((name) => [name, `${name}buffer`]),
);
const TYPES = new Set(['Redis', 'Cluster', 'ChainableCommander']);

/** @returns the commands that a module issues, by their names; `defineScript` among them */
export function redisCommandsOf(text: string, file = 'module.ts'): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  /** Variables and members that are such a thing, by name: each file calls its own as it likes. */
  const connections = new Set(['redis']);
  const found: string[] = [];

  function visit(node: ts.Node, on: (node: ts.Node) => void): void {
    on(node);
    ts.forEachChild(node, (child) => visit(child, on));
  }

  function noteConnection(node: ts.Node): void {
    const isNamed =
      ts.isParameter(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isPropertySignature(node) ||
      ts.isPropertyDeclaration(node);
    if (!isNamed) return;
    const isTyped =
      node.type !== undefined &&
      ts.isTypeReferenceNode(node.type) &&
      TYPES.has(node.type.typeName.getText(source));
    const initializer = 'initializer' in node ? node.initializer : undefined;
    if (isTyped || (initializer && isOfConnection(initializer))) connections.add(node.name.getText(source));
  }

  /** `redis`, `parts.redis`, `redis.multi()`, `redis.multi().del('key')` */
  function isOfConnection(node: ts.Expression): boolean {
    if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node))
      return isOfConnection(node.expression);
    if (ts.isIdentifier(node)) return connections.has(node.text);
    if (ts.isCallExpression(node))
      return ts.isPropertyAccessExpression(node.expression) && isOfConnection(node.expression.expression);
    return ts.isPropertyAccessExpression(node) && connections.has(node.name.text);
  }

  function noteCommand(node: ts.Node): void {
    if (!ts.isCallExpression(node)) return;
    const { expression: callee } = node;
    if (ts.isIdentifier(callee) && callee.text === 'defineScript') found.push(callee.text);
    if (!ts.isPropertyAccessExpression(callee) || !COMMANDS.has(callee.name.text.toLowerCase())) return;
    if (isOfConnection(callee.expression)) found.push(callee.name.text);
  }

  visit(source, noteConnection);
  visit(source, noteCommand);
  return found;
}
