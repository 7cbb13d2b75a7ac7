export { createBudget, type Budget, type BudgetOptions, type Caps, type SpendSource } from './budget';
