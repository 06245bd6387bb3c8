/** Refuses changes while the event outbox is full. */
import type { Services } from '../../services.ts';
import type { Step } from '../state.ts';

export const limitOutbox = ({ outboxLimit }: Services): Step =>
  function limitOutbox() {
    return outboxLimit.admit();
  };
