export const texts = {
  title: 'Operations',
  nothing: '–',
  lead: 'The deployment as it is now.',
  stale: 'What is shown is from before. The connection is tried again every 5 seconds.',
  budget: {
    caption: 'Calls that the authority allows',
    columns: ['Bucket', 'Left', 'A second', 'Pace', 'Refused', 'Paused until'],
    left: (available: number, burst: number) => `${available} of ${burst}`,
  },
  queues: {
    caption: 'Queues',
    columns: ['Queue', 'Lane', 'Waiting', 'Active', 'Delayed', 'Oldest since'],
  },
  backlogs: {
    caption: 'Who waits for the budget',
    columns: ['Caller', 'Jobs'],
    none: 'Nobody waits for the budget.',
  },
  state: (workers: number, letters: number) => `Workers alive: ${workers}. Dead letters: ${letters}.`,
  refusals: {
    caption: 'Refusals and failures, newest first',
    columns: ['Code', 'When', 'Operation', 'Why', 'Caller', 'Times'],
    none: 'Nothing was refused.',
    again: 'Read again',
  },
};
