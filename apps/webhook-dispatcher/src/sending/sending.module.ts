import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NameServers, TargetGuard } from '@paygate/nest-kit';
import { DeliveriesModule } from '../deliveries/index.js';
import { SitesModule } from '../sites/index.js';
import { ClaimsStore } from './claims.store.js';
import { DeliverySender } from './delivery-sender.js';
import { DispatcherMetrics } from './dispatcher-metrics.js';
import { Drain } from './drain.js';
import { HttpExchanges } from './http-exchange.js';
import { OriginWindows } from './origin-windows.js';
import { RequestWriter } from './request-writer.js';
import { ResultsRecorder } from './results-recorder.js';
import { ResultsStore } from './results.store.js';
import { SendingLifecycle } from './sending-lifecycle.js';
import { SENDING_SETTINGS } from './sending-settings.js';
import type { SendingSettings } from './sending-settings.js';
import { WakeUps } from './wake-ups.js';

/** Everything between a stored delivery and the receiver's answer. */
@Module({})
export class SendingModule {
  /** @param endpoints the module of endpoints: there is one of it */
  static forRoot(settings: SendingSettings, endpoints: DynamicModule): DynamicModule {
    return {
      module: SendingModule,
      imports: [DeliveriesModule, SitesModule, endpoints],
      providers: [
        { provide: SENDING_SETTINGS, useValue: settings },
        {
          provide: OriginWindows,
          useFactory: () => new OriginWindows({ total: settings.concurrency, perOrigin: settings.concurrencyPerOrigin }),
        },
        {
          provide: HttpExchanges,
          useFactory: () =>
            new HttpExchanges({
              // Private targets are for development, where names come from the hosts file, too.
              guard: settings.allowPrivateTargets ? new TargetGuard(true) : new TargetGuard(false, new NameServers()),
              timeoutMs: settings.timeoutMs,
              proxyUrl: settings.proxyUrl,
              connectionsPerOrigin: settings.concurrencyPerOrigin,
            }),
        },
        ClaimsStore,
        ResultsStore,
        ResultsRecorder,
        RequestWriter,
        DeliverySender,
        Drain,
        WakeUps,
        DispatcherMetrics,
        SendingLifecycle,
      ],
      exports: [SENDING_SETTINGS, OriginWindows, DeliverySender, WakeUps, DispatcherMetrics],
    };
  }
}
