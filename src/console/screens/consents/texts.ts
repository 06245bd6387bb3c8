export const texts = {
  title: 'My consents',
  lead: 'Apps that may act for you, and what you allowed them.',
  none: 'No app may act for you',
  noneNext: 'When you connect one, it is listed here, and you can withdraw your consent at any time.',
  given: 'Allowed',
  withdraw: 'Withdraw',
  withdrawTitle: (name: string) => `Withdraw your consent to ${name}`,
  withdrawLead:
    'The app is refused within a second. What it has already read stays with it. It may ask you again.',
};
