"""The configuration of the demo: the annotated example, away from any real one."""

import tomllib

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from community_bot import paths
from community_bot.config.loading import Config
from community_bot.sandbox.demo_sample import Sample


class DemoConfig(Config):
    """The same configuration, deaf to the environment: that may name the real bot's database."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  pydantic's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic's signature
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def demo_config(
    sample: Sample, *, token: str, base_url: str, base_file_url: str, owner: int, database: str
) -> Config:
    """Return the example's tiers and rules over the demo's own bot, people and database.

    Stars are taken too: nobody needs a bank to try them.
    """
    raw = tomllib.loads(paths.example_config().read_text(encoding="utf-8"))
    raw["telegram"] |= {"token": token, "base_url": base_url, "base_file_url": base_file_url}
    raw["telegram"]["listen"] = "127.0.0.1:0"  # any free port: the real bot may run beside it
    raw["community"] |= {"name": sample.name, "owners": [owner], "contact": sample.contact}
    raw["database"]["url"] = database
    raw["payments"]["stars"]["enabled"] = True
    tiers = {tier["code"]: tier for tier in raw["tiers"]}
    for plan in sample.plans:
        tiers[plan.tier]["plans"].append(plan.model_dump(exclude={"tier"}))
    return DemoConfig(**raw)
