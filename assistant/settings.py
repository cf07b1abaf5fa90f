"""The settings of one run, read once from the environment and `.env`; secrets are secret types.

Every variable begins with ZHIJI_, except the usual OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL.
With no OPENAI_BASE_URL nothing leaves the machine.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

#: The checkout: where prompts/, corpus/ and index/ lie.
ROOT = Path(__file__).resolve().parent.parent

_LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}


class Settings(BaseSettings):
    """Where things lie and which services are used; frozen."""

    model_config = SettingsConfigDict(
        env_prefix="ZHIJI_",
        env_file=".env",
        env_file_encoding="utf-8",
        frozen=True,
        extra="ignore",
        populate_by_name=True,
    )

    index_dir: Path = Field(default=ROOT / "index", description="资料库所在文件夹")
    data_dir: Path = Field(default=ROOT / ".zhiji", description="已存报告、文稿和外发记录所在文件夹")
    prompts_dir: Path = Field(default=ROOT / "prompts", description="提示词和提纲所在文件夹")
    rules_dir: Path | None = Field(default=None, description="自备评分规则所在文件夹")
    layout: Path | None = Field(default=None, description="自备版式文件（TOML），空为 GB/T 9704")
    embedding_model: str = Field(default="", description="向量模型文件夹，空为自带模型")
    chroma_url: str = Field(default="", description="Chroma 服务地址（http://主机:端口），空为本机文件夹")
    database_url: str = Field(default="", description="工作区数据库地址，空为本机 SQLite")
    user: str = Field(default="", description="记入操作记录的姓名，空为在“设置”里填写的姓名")
    port: int = Field(default=8501, ge=1, le=65535, description="网页端口")
    base_url: str = Field(default="", validation_alias=AliasChoices("OPENAI_BASE_URL", "base_url"))
    api_key: SecretStr = Field(
        default=SecretStr(""), validation_alias=AliasChoices("OPENAI_API_KEY", "api_key")
    )
    model: str = Field(default="", validation_alias=AliasChoices("OPENAI_MODEL", "model"))
    temperature: float = Field(default=0.3, ge=0, le=2)
    timeout: float = Field(default=60, gt=0, description="模型服务每次等待的秒数")

    @property
    def has_endpoint(self) -> bool:
        """Whether a model service is configured."""
        return bool(self.base_url)

    @property
    def endpoint_is_local(self) -> bool:
        """Whether the model service runs on this machine."""
        return (urlsplit(self.base_url).hostname or "") in _LOCAL_HOSTS

    @property
    def workspace_url(self) -> str:
        """The database of saved work."""
        return self.database_url or f"sqlite:///{self.data_dir / 'workspace.sqlite'}"


def read_settings(**overrides: object) -> Settings:
    """Return the settings of this run; raises SettingsError naming the variable that is wrong."""
    quiet_libraries()
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]).upper()
        raise SettingsError(
            f"设置 {name} 的值“{first.get('input')}”不可用：{first['msg']}", "请改正环境变量或 .env 文件"
        ) from None


def quiet_libraries() -> None:
    """Turn off every look-up and telemetry of the libraries we use (before they are imported)."""
    for name, value in (
        ("HF_HUB_OFFLINE", "1"),
        ("TRANSFORMERS_OFFLINE", "1"),
        ("HF_HUB_DISABLE_TELEMETRY", "1"),
        ("ANONYMIZED_TELEMETRY", "False"),
        ("LANGSMITH_TRACING", "false"),
        ("LANGCHAIN_TRACING_V2", "false"),
        ("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false"),
        ("TOKENIZERS_PARALLELISM", "false"),
        ("DO_NOT_TRACK", "1"),
    ):
        os.environ.setdefault(name, value)
