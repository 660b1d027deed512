/** The words of the page of a household's own categories. */

export const titles = { categories: 'Categories' }

export const categories = {
  lead: 'Divide the categories that all households have into your own, such as Groceries below Food and drink.',
  empty: 'There are no own categories yet',
  emptyLead: 'Add one when a category of all households is too wide for you. Transactions, divisions and filters then offer it.',
  emptyForViewers: 'Members who can edit add them.',
  add: 'Add a category',
  name: 'Name',
  parent: 'Below',
  parentHelp: 'The category of all households that it is a part of.',
  store: 'Add the category',
  added: (name: string) => `${name} was added.`,
  change: 'Change',
  changeOf: (name: string) => `Change ${name}`,
  save: 'Save',
  changed: (name: string) => `${name} was changed.`,
  remove: 'Remove',
  removeOf: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeLead: 'Transactions that have it get another category.',
  replacement: 'Their category then',
  removed: (name: string) => `${name} was removed.`,
  actions: 'Change or remove',
}
