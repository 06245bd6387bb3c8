import { expectNothing, trialsOfTenants } from './nothing-happened.ts';

describe('503 means that nothing happened to what is a tenant’s', () => expectNothing(trialsOfTenants));
