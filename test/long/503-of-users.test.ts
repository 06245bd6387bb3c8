import { expectNothing, trialsOfUsers } from './nothing-happened.ts';

describe('503 means that nothing happened to users and imports', () => expectNothing(trialsOfUsers));
