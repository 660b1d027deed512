/** The words of the start page. */

export const today = {
  title: 'Today',
  lead: (household: string) => `What needs you in ${household}.`,
  plans: 'Plans',
  makePlan: 'Make a plan',
  noPlan: 'There is no plan yet',
  noPlanLead: 'Five questions make a plan. You see at once how often it succeeds, and can change every figure later.',
  welcome: 'Welcome to Nestegg',
  welcomeLead: 'Answer five questions, and see how long your savings last. Nothing has to be exact yet.',
  asOf: 'As of',
  success: 'Success',
}
