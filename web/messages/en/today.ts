/** The words of the start page. */

const times = (count: string, one: string, many: string): string => (count === '1' ? `One ${one}` : `${count} ${many}`)

export const today = {
  title: 'Today',
  lead: (household: string) => `What needs you in ${household}.`,
  leadWithAccounts: (household: string) => `What ${household} is worth, what changed, and what needs you.`,
  plans: 'Plans',
  allPlans: 'All plans',
  makePlan: 'Make a plan',
  noPlan: 'There is no plan yet',
  noPlanLead: 'Five questions make a plan. You see at once how often it succeeds, and can change every figure later.',
  asOf: 'As of',
  success: 'Success',
  gauge: (percent: string) => `${percent} of the futures succeed.`,
  simulated: 'Simulated',
  neverRun: 'Not simulated yet',
  same: 'As in the run before',
  change: (points: string) => `${points} points since the run before`,
  needs: 'What needs you',
  nothing: 'Nothing needs you',
  nothingLead:
    'A plan to simulate or to verify, an allocation outside of its bands, a problem of the data, an invitation or a failure is listed here.',
}

export const planNeeds = {
  mismatch: {
    text: (plan: string) => `The newest result of ${plan} does not match its verification.`,
    note: 'Something that was stored was changed. Look at the seal, and simulate the plan again.',
    action: 'Open the result',
  },
  failed: {
    text: (plan: string) => `The newest simulation of ${plan} has failed.`,
    note: 'The page of the plan says why.',
    action: 'Open the plan',
  },
  changed: {
    text: (plan: string) => `${plan} was changed after its newest result.`,
    note: 'Simulate it again to see what the change means.',
    action: 'Simulate again',
  },
  'never-run': {
    text: (plan: string) => `${plan} was not simulated yet.`,
    note: 'A simulation shows how often the plan succeeds.',
    action: 'Complete and simulate',
  },
  unverified: {
    text: (plan: string) => `The newest result of ${plan} is not verified.`,
    note: 'A verification computes it again and compares every hash.',
    action: 'Verify',
  },
}

export const needs = {
  invitation: (household: string, role: string) => `You are invited to ${household} as ${role}.`,
  invitationNote: 'The mail has a token that accepts it. It expires on',
  invitationAction: 'Accept',
  roles: { owner: 'an owner', editor: 'an editor', viewer: 'a viewer' },
  expiring: (email: string) => `Your invitation to ${email} expires soon.`,
  expiringNote: 'Send it again if the person still wants to join. It expires on',
  expiringAction: 'To the household',
  security: 'Only a password protects your account.',
  securityNote: 'An authenticator app or a passkey keeps others out, even if they know the password.',
  securityAction: 'Secure the account',
  events: (count: string, severity: string) =>
    times(count, `${severity} event waits for somebody.`, `${severity} events wait for somebody.`),
  eventsNote: 'Acknowledge what you look into, and resolve what is done.',
  eventsAction: 'Open the events',
  severities: { debug: 'debug', info: 'info', warning: 'warning', error: 'error', critical: 'critical' },
  job: (job: string) => `The job ${job} has failed.`,
  jobNote: 'It failed on',
  jobAction: 'Open the jobs',
  noBackup: 'No backup has a proof yet.',
  noBackupNote: 'A backup has a proof when it was restored and compared, row by row.',
  backups: (count: string) => times(count, 'backup has no proof.', 'backups have no proof.'),
  backupsNote: 'The newest that was restored and compared shows',
  backupsAction: 'Open the backups',
  allocation: (count: string, portfolio: string) =>
    times(count, `part of “${portfolio}” is outside of its band.`, `parts of “${portfolio}” are outside of their bands.`),
  allocationNote: 'Rebalancing proposes what to buy and to sell, with the tax that it causes.',
  allocationAction: 'Rebalance',
  problems: (count: string) =>
    times(
      count,
      'problem of the data makes figures wrong or leaves them out.',
      'problems of the data make figures wrong or leave them out.',
    ),
  warnings: (count: string) => times(count, 'thing in the data may be wrong.', 'things in the data may be wrong.'),
  dataNote: 'The page of data health says what it is, and where it is fixed.',
  dataAction: 'Check the data',
}

export const welcome = {
  title: 'Welcome to Nestegg',
  firstSteps: 'First steps',
  lead: 'Four steps, in any order. Skip what you do not need: everything stays in the menu.',
  done: 'Done',
  skipped: 'Skipped',
  skip: 'Skip',
  skipNamed: (step: string) => `Skip: ${step}`,
  undone: (step: string) => `Skipped: ${step}`,
  steps: {
    household: {
      title: 'Your household',
      text: 'Name it, and invite the person with whom you plan. Each of you signs in alone.',
      action: 'Name and invite',
    },
    plan: {
      title: 'Your plan',
      text: 'Answer five questions, and see how long your savings last. Nothing has to be exact yet.',
      action: 'Make a plan',
    },
    security: {
      title: 'Your sign-in',
      text: 'Add an authenticator app or a passkey, so that a password alone opens nothing.',
      action: 'Secure the account',
    },
    look: {
      title: 'Your region',
      text: 'Choose how numbers and dates are written, the currency, the timezone and the colours.',
      action: 'Choose',
    },
  },
}
