export { portfolioModelRows } from './assumptions.ts'
