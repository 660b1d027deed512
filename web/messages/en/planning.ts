/** The words of the pages of planning. */

export const titles = { plans: 'Plans' }
