/** What is calculated from the ledger and the accounts of a household. It is read again when one of them has changed. */
export const lotQueries = [
  'GET /v1/wealth/positions',
  'GET /v1/wealth/tax-lots',
  'GET /v1/wealth/lot-closings',
  'GET /v1/wealth/wash-sales',
  'GET /v1/wealth/wash-sale-watch',
  'GET /v1/wealth/tax-reports/{year}/form-8949',
  'GET /v1/wealth/tax-reports/{year}/form-8949/lines',
  'GET /v1/wealth/unrealised-gains',
  'GET /v1/wealth/harvest-candidates',
  'GET /v1/wealth/transactions/{transactionId}/lot-choice',
  'GET /v1/wealth/portfolios/{portfolioId}/holdings',
] as const
