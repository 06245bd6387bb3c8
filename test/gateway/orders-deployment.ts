/** A deployment of a test's own with the orders service behind it, which callers of `test/support` call. */
import { ownWorld, type OwnDeployment } from '../support/own-deployment.ts';
import { moveInto } from '../support/world.ts';
import { aService, type AService } from './a-service.ts';
import { SERVICES, writeServices } from './declaration/orders.ts';

export interface OrdersDeployment extends OwnDeployment {
  apis: [string, string];
  service: AService;
  /** The file of `SERVICES`, and what is in it. */
  file: string;
  services: string;
}

interface Changes {
  /** @param services the usual file, @param url of the service */
  services?: (services: string, url: string) => string;
  /** Of the service's document. */
  orders?: string;
  apiSettings?: Record<string, string>;
  workerSettings?: Record<string, string>;
}

export async function ordersDeployment({
  services: change = (same) => same,
  orders,
  apiSettings = {},
  workerSettings = {},
}: Changes = {}): Promise<OrdersDeployment> {
  const service = await aService();
  const services = change(SERVICES.replace('http://127.0.0.1:4100/', service.url), service.url);
  const file = writeServices(services, orders);
  const own = await ownWorld({ services: file, tenancy: 'shared', apiSettings, workerSettings });
  const moveBack = moveInto(own);
  return {
    ...own,
    service,
    file,
    services,
    end: async () => {
      moveBack();
      await own.end();
      await service.close();
    },
  };
}
