import { CallFailed } from '../api.ts';
import { texts } from '../texts.ts';

/** A failure: what happened, what to do, and what to quote. */
export function ProblemNotice({ failure, retry }: { failure: unknown; retry?: (() => void) | undefined }) {
  const problem = failure instanceof CallFailed ? failure.problem : undefined;
  return (
    <div class="problem" role="alert">
      <strong>{problem?.title ?? texts.unreachable}</strong>
      <p>{problem ? problem.detail : texts.unreachableNext}</p>
      {problem?.errors && problem.errors.length > 0 && (
        <ul aria-label={texts.fieldFaults}>
          {problem.errors.map(({ pointer, message }) => (
            <li key={pointer}>
              {pointer.replace(/^\//, '')} {message}
            </li>
          ))}
        </ul>
      )}
      {problem && (
        <p class="muted">
          {texts.requestId}: <code>{problem.request_id}</code>{' '}
          <a href={`/problems/${problem.code}`} target="_blank" rel="noreferrer">
            {problem.code}
          </a>
        </p>
      )}
      {retry && (
        <p>
          <button type="button" onClick={retry}>
            {texts.retry}
          </button>
        </p>
      )}
    </div>
  );
}
