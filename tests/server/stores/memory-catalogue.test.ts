/** The catalogue in memory passes the contract. */
import { createMemoryCatalogue } from '../../../server/stores/memory-catalogue.ts';
import { catalogueContract } from '../../contracts/catalogue-contract.ts';

catalogueContract('memory catalogue', async () => createMemoryCatalogue());
